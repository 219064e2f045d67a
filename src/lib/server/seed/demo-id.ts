/** Ids of the demo's own sales: version 7 as everywhere, the same every time. */
import { v7 as uuidV7 } from 'uuid';
import { between, type Chance } from './chance.ts';

export function demoId(chance: Chance, atMs: number): string {
	const random = Uint8Array.from({ length: 16 }, () => between(chance, 0, 255));
	return uuidV7({ msecs: atMs, random, seq: between(chance, 0, 0xffff) });
}
