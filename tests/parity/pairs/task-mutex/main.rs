use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let shared = Arc::new(Mutex::new(String::new()));
    let mut mine = shared.lock().await;
    let mut tasks = Vec::new();
    for name in ["a", "b", "c"] {
        let shared = shared.clone();
        tasks.push(tokio::spawn(async move {
            let mut guard = shared.lock().await;
            guard.push_str(name);
            sleep(Duration::from_millis(1)).await;
        }));
        sleep(Duration::from_millis(1)).await;
    }
    println!("{}", shared.try_lock().is_ok());
    *mine = ">".to_string();
    drop(mine);
    println!("{}", shared.try_lock().is_ok());
    tasks[1].abort();
    for task in tasks {
        let _ = task.await;
    }
    let guard = shared.lock().await;
    println!("{}", *guard);
    let late = timeout(Duration::from_millis(5), shared.lock()).await;
    println!("{}", late.is_ok());
    drop(late);
    drop(guard);
    println!("{}", shared.try_lock().is_ok());
}
