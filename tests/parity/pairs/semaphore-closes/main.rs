use std::sync::Arc;
use tokio::sync::{Semaphore, TryAcquireError};
use tokio::task::yield_now;

fn show<T>(result: Result<T, TryAcquireError>) -> &'static str {
    match result {
        Ok(_) => "taken",
        Err(TryAcquireError::NoPermits) => "no-permits",
        Err(TryAcquireError::Closed) => "closed",
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let permits = Arc::new(Semaphore::new(1));
    let held = permits.try_acquire();
    let own = permits.clone();
    let waiting = tokio::spawn(async move { own.acquire().await.map_or("closed", |_| "got it") });
    yield_now().await;
    drop(held);
    permits.close();
    println!("{} {}", waiting.await.unwrap(), permits.available_permits());
    println!("{}", show(permits.try_acquire()));
    println!("{}", permits.acquire().await.map_or("closed", |_| "got it"));
    let zero = Semaphore::new(0);
    zero.close();
    println!("{}", show(zero.try_acquire()));
}
