use std::time::Duration;
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

async fn work(start: Instant, name: &'static str, ms: u64, fails: bool) -> Result<&'static str, String> {
    let mut note = Note { name, end: "dropped", start };
    sleep(Duration::from_millis(ms)).await;
    note.end = "done";
    if fails {
        Err(format!("{name} failed"))
    } else {
        Ok(name)
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let t = Instant::now();
    match tokio::try_join!(work(t, "a", 10, false), work(t, "b", 5, false)) {
        Ok((a, b)) => println!("{a} {b}"),
        Err(error) => println!("{error}"),
    }
    match tokio::try_join!(work(t, "a", 30, false), work(t, "b", 10, true), work(t, "c", 5, false)) {
        Ok((a, b, c)) => println!("{a} {b} {c}"),
        Err(error) => println!("{error}"),
    }
    match tokio::try_join!(work(t, "a", 10, true), work(t, "b", 10, true)) {
        Ok((a, b)) => println!("{a} {b}"),
        Err(error) => println!("{error}"),
    }
}
