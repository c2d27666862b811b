use std::time::Duration;
use tokio::time::{sleep, Instant};
use tokio_util::sync::CancellationToken;

fn show(tokens: &[&CancellationToken]) {
    let words: Vec<_> =
        tokens.iter().map(|one| if one.is_cancelled() { "cancelled" } else { "open" }).collect();
    println!("{}", words.join(" "));
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let token = CancellationToken::new();
    let child = token.child_token();
    let sibling = token.child_token();
    let grandchild = child.child_token();
    let all = [&token, &child, &sibling, &grandchild];
    show(&all);
    child.cancel();
    show(&all);
    let own = sibling.clone();
    let task = tokio::spawn(async move {
        let branch = tokio::select! {
            biased;
            () = own.cancelled() => "stop",
            () = sleep(Duration::from_millis(100)) => "work",
        };
        format!("{branch} at {}", start.elapsed().as_millis())
    });
    sleep(Duration::from_millis(5)).await;
    token.cancel();
    token.cancel();
    show(&all);
    println!("{}", task.await.unwrap());
    let late = token.child_token();
    println!("{}", late.is_cancelled());
    late.cancelled().await;
    let guarded = CancellationToken::new();
    {
        let _guard = guarded.clone().drop_guard();
        println!("{}", guarded.is_cancelled());
    }
    println!("{}", guarded.is_cancelled());
    let kept = CancellationToken::new();
    {
        let guard = kept.clone().drop_guard();
        guard.disarm();
    }
    println!("{}", kept.is_cancelled());
    tokio::select! {
        biased;
        () = token.cancelled() => println!("stop"),
        () = sleep(Duration::ZERO) => println!("work"),
    }
}
