use futures_util::future::poll_fn;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::Arc;
use std::task::{Context, Poll, Wake};
use std::thread::{self, Thread};
use std::time::Duration;

struct Unparks(Thread);

impl Wake for Unparks {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let waker = Arc::new(Unparks(thread::current())).into();
    let mut cx = Context::from_waker(&waker);
    let mut future = Box::pin(future);
    let mut polls = 1;
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            println!("ready at poll {polls}");
            return value;
        }
        thread::park();
        polls += 1;
    }
}

async fn from_thread() -> &'static str {
    let done = Arc::new(AtomicBool::new(false));
    let mut is_started = false;
    poll_fn(move |cx| {
        if done.load(SeqCst) {
            return Poll::Ready("set by the thread");
        }
        if !is_started {
            is_started = true;
            let (done, waker) = (done.clone(), cx.waker().clone());
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(20));
                done.store(true, SeqCst);
                waker.wake();
            });
        }
        Poll::Pending
    })
    .await
}

fn main() {
    let told = run(async {
        let first = from_thread().await;
        let second = from_thread().await;
        format!("{first}, {second}")
    });
    println!("{told}");
}
