use tokio::sync::oneshot;
use tokio::task::{yield_now, AbortHandle, JoinSet};

async fn suicidal(own: oneshot::Receiver<AbortHandle>, waits: bool) -> &'static str {
    own.await.unwrap().abort();
    println!("still runs");
    if waits {
        yield_now().await;
    }
    println!("to its end");
    "value"
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for waits in [false, true] {
        let (tx, rx) = oneshot::channel();
        let mut tasks = JoinSet::new();
        tx.send(tasks.spawn(suicidal(rx, waits))).unwrap();
        match tasks.join_next().await.unwrap() {
            Ok(value) => println!("{value}"),
            Err(error) => println!("{}", if error.is_cancelled() { "cancelled" } else { "panicked" }),
        }
    }
}
