use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

const SPAN: Duration = Duration::from_millis(5);

fn asked(result: Result<bool, watch::error::RecvError>) -> String {
    result.map_or("disconnected".to_string(), |changed| changed.to_string())
}

fn waited(result: Result<(), watch::error::RecvError>) -> &'static str {
    if result.is_ok() {
        "changed"
    } else {
        "disconnected"
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (tx, mut rx) = watch::channel(0);
    println!("{}", asked(rx.has_changed()));
    tx.send(1).unwrap();
    tx.send(2).unwrap();
    let mut other = rx.clone();
    let mut fresh = tx.subscribe();
    println!("{} {}", rx.changed().await.is_ok(), *rx.borrow());
    println!("{}", timeout(SPAN, rx.changed()).await.is_ok());
    println!(
        "{} {}",
        timeout(SPAN, other.changed()).await.is_ok(),
        timeout(SPAN, fresh.changed()).await.is_ok()
    );
    tx.send(3).unwrap();
    println!("{}", *rx.borrow());
    println!("{}", asked(rx.has_changed()));
    println!("{}", *rx.borrow_and_update());
    println!("{}", asked(rx.has_changed()));
    tokio::spawn(async move {
        sleep(SPAN).await;
        tx.send(4).unwrap();
    });
    println!("{} {}", waited(rx.changed().await), *rx.borrow());
    println!("{}", asked(other.has_changed()));
    println!("{}", waited(other.changed().await));
    println!("{} {}", waited(rx.changed().await), *rx.borrow());
}
