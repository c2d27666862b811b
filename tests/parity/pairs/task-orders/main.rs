use std::sync::{Arc, Mutex};
use tokio::task::yield_now;

async fn step(log: Arc<Mutex<Vec<String>>>, name: &'static str) {
    log.lock().unwrap().push(format!("{name}1"));
    yield_now().await;
    log.lock().unwrap().push(format!("{name}2"));
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let a = tokio::spawn(step(log.clone(), "a"));
    let b = tokio::spawn(step(log.clone(), "b"));
    log.lock().unwrap().push("spawned".into());
    a.await.unwrap();
    b.await.unwrap();
    println!("{}", log.lock().unwrap().join(" "));
}
