use tokio::sync::mpsc;

struct Note;

impl Drop for Note {
    fn drop(&mut self) {
        println!("it cleans up");
    }
}

async fn never(own: mpsc::Sender<i32>) {
    let _note = Note;
    println!("it runs");
    own.send(1).await.unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel(1);
    let task = tokio::spawn(never(tx));
    println!("{}", task.is_finished());
    task.abort();
    println!("{}", task.is_finished());
    match task.await {
        Ok(()) => println!("ended"),
        Err(error) => println!("{}", if error.is_cancelled() { "cancelled" } else { "panicked" }),
    }
    println!("{}", rx.recv().await.map_or("disconnected".to_string(), |v| v.to_string()));
}
