export { GuestInstance, STACK_BYTES, type GuestPort, type Landmarks, type Turn } from "./instance.ts";
export { createBaseImage, createProgramImage, loadImage, type Image } from "./image.ts";
export { InstancePool } from "./pool.ts";
