use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = || {
        let mut set = JoinSet::new();
        set.spawn(async {
            sleep(Duration::from_millis(5)).await;
            println!("the task runs on");
        });
    };
    start();
    sleep(Duration::from_millis(10)).await;
    println!("end");
}
