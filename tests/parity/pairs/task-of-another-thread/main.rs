use std::thread;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::mpsc;
use tokio::time::sleep;

async fn work(ms: u64, fails: bool) -> u64 {
    sleep(Duration::from_millis(ms)).await;
    if fails {
        panic!("no");
    }
    ms
}

fn main() {
    let (tx, mut rx) = mpsc::channel(3);
    let thread = thread::spawn(move || {
        Builder::new_current_thread().enable_time().build().unwrap().block_on(async move {
            for (ms, fails) in [(10, false), (10, true), (10_000, false)] {
                tx.send(tokio::spawn(work(ms, fails))).await.unwrap();
            }
            drop(tx);
            sleep(Duration::from_millis(200)).await;
            "the other thread ends"
        })
    });
    Builder::new_current_thread().build().unwrap().block_on(async {
        let mut aborts = 0;
        while let Some(handle) = rx.recv().await {
            if aborts == 2 {
                handle.abort();
            }
            aborts += 1;
            match handle.await {
                Ok(value) => println!("{value}"),
                Err(error) if error.is_cancelled() => println!("cancelled"),
                Err(error) => {
                    println!("panicked: {}", error.into_panic().downcast_ref::<&str>().unwrap());
                }
            }
        }
    });
    println!("{}", thread.join().unwrap());
}
