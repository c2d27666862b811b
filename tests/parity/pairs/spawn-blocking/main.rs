use std::thread;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::{spawn_blocking, yield_now, JoinError};
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel(1);
    let (answer, passed) = tokio::join!(
        spawn_blocking(move || {
            thread::sleep(Duration::from_millis(5));
            for value in [1, 2, 3] {
                tx.blocking_send(value).unwrap();
            }
            "the job is done"
        }),
        async {
            let mut sum = 0;
            while let Some(next) = rx.recv().await {
                sum += next;
            }
            sum
        }
    );
    println!("{} {passed}", answer.unwrap());
    let ended: Result<(), JoinError> = spawn_blocking(|| panic!("no")).await;
    if let Err(error) = ended {
        println!("panicked: {}", error.into_panic().downcast_ref::<&str>().unwrap());
    }
    let (back, mut results) = mpsc::channel(1);
    let dropped = spawn_blocking(move || {
        thread::sleep(Duration::from_millis(20));
        back.blocking_send("it ran to its end").unwrap();
    });
    yield_now().await;
    drop(dropped);
    let told = timeout(Duration::from_millis(2000), results.recv()).await;
    println!("{}", told.unwrap().unwrap());
}
