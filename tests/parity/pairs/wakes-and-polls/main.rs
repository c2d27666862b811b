use futures_util::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;
use tokio::time::sleep;

#[derive(Default)]
struct Seen {
    polls: u32,
    waker: Option<Waker>,
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let seen = Arc::new(Mutex::new(Seen::default()));
    let own = seen.clone();
    let polls = || seen.lock().unwrap().polls;
    let wake = || seen.lock().unwrap().waker.as_ref().unwrap().wake_by_ref();
    let task = tokio::spawn(poll_fn(move |cx| {
        let mut seen = own.lock().unwrap();
        seen.polls += 1;
        println!("poll {}", seen.polls);
        seen.waker = Some(cx.waker().clone());
        if seen.polls == 1 {
            cx.waker().wake_by_ref();
            cx.waker().wake_by_ref();
        }
        if seen.polls == 4 {
            Poll::Ready("ready")
        } else {
            Poll::Pending
        }
    }));
    sleep(Duration::from_millis(1)).await;
    sleep(Duration::from_millis(1)).await;
    sleep(Duration::from_millis(1)).await;
    println!("{} polls, nobody woke it since", polls());
    wake();
    wake();
    sleep(Duration::from_millis(1)).await;
    sleep(Duration::from_millis(1)).await;
    println!("{} polls, two wakes were one", polls());
    let other = seen.lock().unwrap().waker.clone().unwrap();
    wake();
    println!("{}", task.await.unwrap());
    println!("{} polls, {}", polls(), other.will_wake(&other));
}
