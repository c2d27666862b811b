use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::time::sleep;

struct Note {
    name: &'static str,
    end: &'static str,
}

impl Drop for Note {
    fn drop(&mut self) {
        println!("{} {}", self.name, self.end);
    }
}

async fn work(name: &'static str, ms: u64) -> &'static str {
    let mut note = Note { name, end: "dropped" };
    println!("{name} begins");
    sleep(Duration::from_millis(ms)).await;
    note.end = "done";
    name
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    tokio::select! {
        biased;
        value = work("a", 30) => println!("handler of {value}"),
        value = work("b", 10) => println!("handler of {value}"),
        value = work("c", 20) => println!("handler of {value}"),
    }
    tokio::select! {
        biased;
        value = work("a", 10) => println!("handler of {value}"),
        value = work("b", 5) => println!("handler of {value}"),
        value = work("c", 5) => println!("handler of {value}"),
        value = work("d", 1) => println!("handler of {value}"),
    }
    tokio::select! {
        biased;
        value = work("now", 0) => println!("handler of {value}"),
        value = work("never", 5) => println!("handler of {value}"),
    }
    let is_on = std::env::args().count() > 1000;
    tokio::select! {
        biased;
        value = work("a", 1), if is_on => println!("handler of {value}"),
        value = work("b", 1) => println!("handler of {value}"),
    }
    let nobody = tokio::spawn(AssertUnwindSafe(async move {
        tokio::select! {
            biased;
            _ = work("a", 1), if is_on => {}
            _ = work("b", 1), if is_on => {}
        }
    }).0);
    if nobody.await.unwrap_err().is_panic() {
        println!("no branch takes part: panic");
    }
}
