/** The worker in which a PIN is stretched: a page that stands still for half a second looks broken. */
import { stretchHere, type StretchCost } from './stretch.ts';

export interface StretchOrder {
	readonly pin: Uint8Array<ArrayBuffer>;
	readonly salt: Uint8Array<ArrayBuffer>;
	readonly cost: StretchCost;
}

addEventListener('message', ({ data }: MessageEvent<StretchOrder>) => {
	const key = stretchHere(data.pin, data.salt, data.cost);
	postMessage(key, { transfer: [key.buffer] });
});
