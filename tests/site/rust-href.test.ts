import { expect, it } from "vitest";
import { rustHref } from "../../src/site/reference/rust-href.ts";

const STD = "https://doc.rust-lang.org/std";
const TOKIO = "https://docs.rs/tokio/latest/tokio";

it.each([
  ["std::sync::Mutex", `${STD}/sync/struct.Mutex.html`],
  ["std::sync::Mutex::lock", `${STD}/sync/struct.Mutex.html#method.lock`],
  ["std::thread::spawn", `${STD}/thread/fn.spawn.html`],
  ["std::assert!", `${STD}/macro.assert.html`],
  ["std::io::Read::read", `${STD}/io/trait.Read.html#tymethod.read`],
  ["std::io::Read::read_to_end", `${STD}/io/trait.Read.html#method.read_to_end`],
  ["std::sync::atomic::Ordering", `${STD}/sync/atomic/enum.Ordering.html`],
  ["std::task::Poll::Ready", `${STD}/task/enum.Poll.html#variant.Ready`],
  ["tokio::sync::mpsc::channel", `${TOKIO}/sync/mpsc/fn.channel.html`],
  ["std::future::Future::Output", `${STD}/future/trait.Future.html#associatedtype.Output`],
  ["std::future::IntoFuture::into_future", `${STD}/future/trait.IntoFuture.html#tymethod.into_future`],
  ["tokio::io::AsyncReadExt::read", `${TOKIO}/io/trait.AsyncReadExt.html#method.read`],
  ["tokio::sync::broadcast::error::RecvError", `${TOKIO}/sync/broadcast/error/enum.RecvError.html`],
  ["tokio::select!", `${TOKIO}/macro.select.html`],
  [
    "tokio_util::sync::CancellationToken::cancel",
    "https://docs.rs/tokio-util/latest/tokio_util/sync/struct.CancellationToken.html#method.cancel",
  ],
])("%s is documented at %s", (path, address) => {
  expect(rustHref(path)).toBe(address);
});
