use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, Instant};

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

async fn work(start: Instant, name: &'static str, ms: u64) {
    let mut note = Note { name, end: "dropped", start };
    sleep(Duration::from_millis(ms)).await;
    note.end = "done";
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    {
        let mut set = JoinSet::new();
        set.spawn(work(start, "slow", 50));
        set.spawn(work(start, "quick", 5));
        sleep(Duration::from_millis(10)).await;
        set.spawn(work(start, "never polled", 5));
    }
    println!("the block is over");
    sleep(Duration::from_millis(100)).await;
    println!("end at {}", start.elapsed().as_millis());
}
