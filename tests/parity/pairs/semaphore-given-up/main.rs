use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout, Instant};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let permits = Arc::new(Semaphore::new(2));
    let held = permits.try_acquire();
    let own = permits.clone();
    let gave_up = tokio::spawn(async move {
        match timeout(ms(10), own.acquire_many(2)).await {
            Ok(_) => println!("got two"),
            Err(_) => println!("gave up at {}", start.elapsed().as_millis()),
        }
    });
    sleep(ms(1)).await;
    let own = permits.clone();
    let behind = tokio::spawn(async move {
        let _got = own.acquire().await.unwrap();
        println!("got one at {}", start.elapsed().as_millis());
        sleep(ms(10)).await;
    });
    sleep(ms(1)).await;
    println!("free {}", permits.available_permits());
    let _ = tokio::join!(gave_up, behind);
    println!("free {} at {}", permits.available_permits(), start.elapsed().as_millis());
    drop(held);
    let own = permits.clone();
    let aborted = tokio::spawn(async move {
        let _permit = own.acquire_many(2).await.unwrap();
        sleep(ms(100)).await;
    });
    sleep(ms(1)).await;
    println!("free {}", permits.available_permits());
    aborted.abort();
    let _ = aborted.await;
    println!("free {}", permits.available_permits());
}
