use tokio::sync::watch;

fn main() {
    let (tx, rx) = watch::channel("first");
    drop(rx);
    let sent = tx.send("lost");
    println!("{} {}", if sent.is_ok() { "sent" } else { "disconnected" }, *tx.borrow());
    tx.send_modify(|value| *value = "modified");
    println!("{}", *tx.borrow());
    let fresh = tx.subscribe();
    println!("{} {}", fresh.has_changed().unwrap(), *fresh.borrow());
    println!("{} {}", tx.send("last").is_ok(), *fresh.borrow());
}
