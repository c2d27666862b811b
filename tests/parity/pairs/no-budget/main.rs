use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::sync::Arc;
use tokio::sync::mpsc;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::unbounded_channel();
    for i in 0..200 {
        tx.send(i).unwrap();
    }
    drop(tx);
    let received = Arc::new(AtomicI32::new(0));
    let own = received.clone();
    let reader = tokio::spawn(async move {
        while rx.recv().await.is_some() {
            own.fetch_add(1, SeqCst);
        }
    });
    let onlooker = tokio::spawn(async move {
        match received.load(SeqCst) {
            0 | 200 => println!("all at once"),
            some => println!("between, after {some}"),
        }
    });
    let _ = tokio::join!(reader, onlooker);
}
