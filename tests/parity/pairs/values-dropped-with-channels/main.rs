use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

async fn ask(answer: oneshot::Receiver<i32>) -> &'static str {
    match answer.await {
        Ok(_) => "answered",
        Err(_) => "disconnected",
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (requests, mut inbox) = mpsc::channel::<oneshot::Sender<i32>>(4);
    let (first, first_answer) = oneshot::channel();
    let (second, second_answer) = oneshot::channel();
    let (third, third_answer) = oneshot::channel();
    requests.send(first).await.unwrap();
    requests.send(second).await.unwrap();
    let server = tokio::spawn(async move {
        if let Some(one) = inbox.recv().await {
            one.send(1).unwrap();
        }
        sleep(Duration::from_millis(5)).await;
    });
    let (first, second) = tokio::join!(ask(first_answer), ask(second_answer));
    println!("{first} {second}");
    server.await.unwrap();
    let refused = requests.send(third).await;
    println!("{}", refused.is_ok());
    drop(refused);
    println!("{}", ask(third_answer).await);
}
