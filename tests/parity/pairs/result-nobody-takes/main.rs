use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (tx, mut rx) = mpsc::channel::<i32>(1);
    tokio::spawn(async move { tx });
    match timeout(Duration::from_millis(10), rx.recv()).await {
        Ok(Some(_)) => println!("value"),
        Ok(None) => println!("disconnected"),
        Err(_) => println!("elapsed"),
    }
}
