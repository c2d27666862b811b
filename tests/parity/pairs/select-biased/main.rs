use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

async fn ready(value: &'static str) -> &'static str {
    value
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let mut order = String::new();
    for _ in 0..5 {
        order += tokio::select! {
            biased;
            a = ready("a") => a,
            b = ready("b") => b,
        };
    }
    println!("{order}");
    let (busy, mut work) = mpsc::unbounded_channel();
    let (urgent, mut stop) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        for i in 0..5 {
            busy.send(i).unwrap();
        }
        urgent.send("stop").unwrap();
        sleep(Duration::from_millis(1)).await;
    });
    let mut done = 0;
    loop {
        tokio::select! {
            biased;
            value = work.recv() => {
                if value.is_none() {
                    break;
                }
                done += 1;
            }
            _ = stop.recv() => break,
        }
    }
    println!("stopped after {done}");
}
