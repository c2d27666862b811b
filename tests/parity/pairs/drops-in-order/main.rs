use std::time::Duration;
use tokio::time::sleep;

struct Noted(String);

impl Drop for Noted {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

fn noted(name: &str, what: &str) -> Noted {
    Noted(format!("{name} {what}"))
}

async fn inner(name: &str) {
    let _one = noted(name, "inner");
    sleep(Duration::from_millis(50)).await;
}

async fn outer(name: &str) {
    let _first = noted(name, "first");
    {
        let _block = noted(name, "block");
        sleep(Duration::from_millis(1)).await;
    }
    let _second = noted(name, "second");
    inner(name).await;
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    tokio::select! {
        biased;
        _ = async { tokio::join!(outer("a"), outer("b")) } => println!("both"),
        () = sleep(Duration::from_millis(10)) => println!("late"),
    }
    let unused = outer("never polled");
    drop(unused);
    outer("whole").await;
    println!("end");
}
