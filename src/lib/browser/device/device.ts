/** This device's clock, chance and ids: the only place where the app asks for them. */
import { v7 } from 'uuid';

export const device = {
	/** Epoch milliseconds by the device's own clock, which may be wrong. */
	nowMs: (): number => Date.now(),
	/** A number in [0, 1). */
	chance: (): number => Math.random(),
	/** A new UUIDv7. */
	newId: (): string => v7(),
};
