use std::time::Duration;
use tokio::runtime::Builder;
use tokio::task::yield_now;
use tokio::time::sleep;

struct Note(&'static str);

impl Drop for Note {
    fn drop(&mut self) {
        println!("the task is {}", self.0);
    }
}

fn main() {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        tokio::spawn(async {
            let mut note = Note("dropped");
            sleep(Duration::from_millis(10)).await;
            note.0 = "done";
        });
        yield_now().await;
    });
    println!("main is over");
}
