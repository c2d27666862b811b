export {
  BUFFER,
  BUFFER_BYTES,
  CARD_BYTES,
  CARD_OVERHANG,
  CARD_SHIFT,
  CARDS,
  STACK_BYTES,
  STACK_TOP,
} from "./memory-layout.ts";
export { GuestInstance, type GuestPort, type Landmarks, type Turn } from "./instance.ts";
export { createBaseImage, createProgramImage, type Image } from "./image.ts";
export { InstancePool } from "./pool.ts";
