import { CALLS } from "#abi";
import { Peer, type PeerStep } from "../net/peer.ts";
import type { Link } from "../net/link.ts";
import type { Caller } from "../caller.ts";
import type { Handlers } from "../handler.ts";

interface NetworkRules extends Partial<Link> {
  readonly shortTransfers?: boolean;
}

interface PeerScript {
  readonly afterNs: number;
  readonly link: Partial<Link>;
  readonly steps: readonly PeerStep[];
}

function dataOf(caller: Caller): unknown {
  return JSON.parse(String(caller.payload).slice(1));
}

/** What authors arrange around a program: the network, and peers that follow a script. No thread of the program sees it done. */
export const worldCalls: Handlers = {
  [CALLS.networkRules]: {
    visible: false,
    perform: ({ network }, caller) => {
      const { shortTransfers = network.shortTransfers, ...link } = dataOf(caller) as NetworkRules;
      network.shortTransfers = shortTransfers;
      network.link = { ...network.link, ...link };
      caller.complete(0);
    },
  },

  // a: the port. The reply is the peer's number.
  [CALLS.peerConnect]: {
    visible: false,
    perform: (kernel, caller) => {
      const { network } = kernel;
      const { afterNs, link, steps } = dataOf(caller) as PeerScript;
      const peer = new Peer(network, steps);
      const port = caller.a;
      const join = (): void => peer.use(network.connect(0, port, { ...network.link, ...link }));
      if (afterNs === 0) join();
      else kernel.timers.at(kernel.nowNs + afterNs, join);
      caller.complete(network.peers.push(peer) - 1);
    },
  },

  // a: the port. The reply is the number of the first of its peers' lists, -1 where the port is taken.
  [CALLS.peerServe]: {
    visible: false,
    perform: ({ network }, caller) => {
      const { steps } = dataOf(caller) as PeerScript;
      const listener = network.bind(0, caller.a, 0);
      if (listener === null) return caller.complete(-1);
      const served: number[] = [];
      listener.onConnection = (stream) => {
        const peer = new Peer(network, steps);
        served.push(network.peers.push(peer) - 1);
        peer.use(stream);
      };
      caller.complete(network.served.push(served) - 1);
    },
  },

  // a: what `peerServe` answered. The reply is the list of its peers' numbers.
  [CALLS.peersServed]: {
    visible: false,
    perform: ({ network }, caller) => caller.complete(`j${JSON.stringify(network.served[caller.a] ?? [])}`),
  },

  [CALLS.peerReport]: {
    visible: false,
    perform: ({ network }, caller) =>
      caller.complete(`j${JSON.stringify(network.peers[caller.a]?.report ?? null)}`),
  },
};
