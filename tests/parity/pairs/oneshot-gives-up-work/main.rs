use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout, Instant};

async fn serve(start: Instant, mut reply: oneshot::Sender<&'static str>, ms: u64) -> String {
    let gone = tokio::select! {
        biased;
        () = reply.closed() => true,
        () = sleep(Duration::from_millis(ms)) => false,
    };
    let at = start.elapsed().as_millis();
    if gone {
        return format!("gave up at {at}");
    }
    let sent = reply.send("answer");
    format!("{} at {at}", if sent.is_ok() { "answered" } else { "disconnected" })
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    for ms in [10, 20, 30] {
        let (tx, rx) = oneshot::channel();
        let server = tokio::spawn(serve(start, tx, ms));
        match timeout(Duration::from_millis(20), rx).await {
            Ok(Ok(value)) => println!("{value}"),
            Ok(Err(_)) => println!("disconnected"),
            Err(_) => println!("elapsed"),
        }
        println!("{}", server.await.unwrap());
    }
}
