use std::sync::Arc;
use tokio::sync::Mutex;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let shared = Arc::new(Mutex::new(1));
    let own = shared.clone();
    let half = tokio::spawn(async move {
        let mut guard = own.lock().await;
        *guard = 2;
        panic!("half done");
    });
    if half.await.is_err() {
        println!("panicked");
    }
    let guard = shared.try_lock();
    match guard {
        Ok(guard) => println!("value {}", *guard),
        Err(_) => println!("would-block"),
    }
}
