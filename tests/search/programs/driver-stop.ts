// A driver is stopped between a request's look at `stopping` and its being counted: the request works on a stopped device.
import { assert } from "std/assert";
import { AtomicBool, AtomicI32, Condvar, Mutex } from "std/sync";
import { runThreads } from "./bodies";

class Driver {
  readonly stopping = new AtomicBool(false);
  readonly stopped = new AtomicBool(false);
  /** Requests under way, and one for the driver itself. */
  readonly pending = new AtomicI32(1);
  readonly isIdle = new Mutex(false);
  readonly idle = new Condvar();
}

type Enter = (driver: Driver) => boolean;

function leave(driver: Driver): void {
  if (driver.pending.fetchSub(1) > 1) return;
  using isIdle = driver.isIdle.lock();
  isIdle.value = true;
  driver.idle.notifyAll();
}

const countLast: Enter = (driver) => {
  if (driver.stopping.load()) return false;
  driver.pending.fetchAdd(1);
  return true;
};

const countFirst: Enter = (driver) => {
  driver.pending.fetchAdd(1);
  if (!driver.stopping.load()) return true;
  leave(driver);
  return false;
};

function stop(driver: Driver): void {
  driver.stopping.store(true);
  leave(driver);
  using isIdle = driver.isIdle.lock();
  driver.idle.waitWhile(isIdle, (idle) => !idle);
  driver.stopped.store(true);
}

function useAndStop(enter: Enter): void {
  const driver = new Driver();
  const request = () => {
    if (!enter(driver)) return;
    assert(!driver.stopped.load(), "the device is stopped");
    leave(driver);
  };
  runThreads(request, () => stop(driver));
}

export function wrong(): void {
  useAndStop(countLast);
}

export function right(): void {
  useAndStop(countFirst);
}
