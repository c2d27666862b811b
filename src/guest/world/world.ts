export {
  connectPeer,
  listenPeer,
  network,
  type LinkOptions,
  type NetworkOptions,
  type Peer,
  type PeerOptions,
  type PeerServer,
  type PeerStep,
  type Piece,
} from "../check/network.ts";
export {
  crashPoints,
  disk,
  diskAfterCrash,
  fileContent,
  fileEvents,
  putFile,
  takeFile,
  type DiskSettings,
  type FileEvent,
} from "../check/disk.ts";
