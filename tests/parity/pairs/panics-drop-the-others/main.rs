use std::future::Future;
use std::time::Duration;
use tokio::time::{sleep, timeout, Instant};

struct Note {
    name: &'static str,
    end: &'static str,
    start: Instant,
}

impl Drop for Note {
    fn drop(&mut self) {
        println!("{} {} at {}", self.name, self.end, self.start.elapsed().as_millis());
    }
}

async fn work(start: Instant, name: &'static str, ms: u64) -> &'static str {
    let mut note = Note { name, end: "dropped", start };
    sleep(Duration::from_millis(ms)).await;
    note.end = "done";
    name
}

async fn bad() -> &'static str {
    sleep(Duration::from_millis(10)).await;
    panic!("bad");
}

async fn told(start: Instant, future: impl Future<Output = ()> + Send + 'static) {
    if let Err(error) = tokio::spawn(future).await {
        let panic = error.into_panic();
        let message = panic.downcast_ref::<&str>().unwrap();
        println!("panicked: {message} at {}", start.elapsed().as_millis());
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    told(start, async move {
        tokio::join!(work(start, "before", 30), bad(), work(start, "quick", 5), work(start, "behind", 20));
    })
    .await;
    told(start, async move {
        tokio::select! {
            biased;
            _ = work(start, "before", 30) => {}
            _ = bad() => {}
            _ = work(start, "behind", 20) => {}
        }
    })
    .await;
    told(start, async move {
        let _ = timeout(Duration::from_millis(20), bad()).await;
    })
    .await;
}
