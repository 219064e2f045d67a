/**
 * The registers of a hardware module as the port's slots. Before a register is used for the first time, and
 * whenever its attributes are asked for, it is held against the operator's file: a token under the wrong
 * key or base date is worse than none.
 */
import { isRefusal, type Refusal } from '../../refusal.ts';
import type { TokenTarget } from '../port.ts';
import { ask, type Asking } from './ask.ts';
import { attributesOf, attributesRequest } from './commands.ts';
import { differenceOf, type HsmFile, type HsmKey } from './registers.ts';

export interface KeyRing {
	/** The key that an order means, known to be in its register. Refusal: `vending-key-unknown`. */
	use(target: Pick<TokenTarget, 'slot' | 'sgc' | 'krn'>): Promise<HsmKey | Refusal>;
	/** The key of a slot, its register looked at now. Refusal: `vending-key-unknown`. */
	look(slot: string): Promise<HsmKey | Refusal>;
	/** How many tokens all registers have made; null where one of them does not tell. */
	count(): Promise<number | null>;
}

/** What each operation works with. */
export interface Hsm extends Asking {
	readonly ring: KeyRing;
	/** Whether its keys are of a test, and so its tokens. */
	readonly test: boolean;
}

export function keyRing(file: HsmFile, asking: Asking): KeyRing {
	const keys = new Map(file.keys.map((key) => [key.slot, key]));
	/** Found right by this process: the register cannot change under a connection without its officers. */
	const right = new Set<string>();

	async function readRegister(key: HsmKey): Promise<ReadonlyMap<string, string> | Refusal> {
		return await ask(asking, 'GA', attributesRequest(key.register), attributesOf);
	}

	async function look(slot: string): Promise<HsmKey | Refusal> {
		const key = keys.get(slot);
		if (key === undefined) return { refusal: 'vending-key-unknown' };
		const told = await readRegister(key);
		if (isRefusal(told)) return told;
		const difference = file.checkRegisters ? differenceOf(key, told) : undefined;
		if (difference === undefined) {
			right.add(slot);
			return key;
		}
		right.delete(slot);
		const { register } = key;
		asking.log('error', 'security-module-other-key', { slot, register, attribute: difference });
		return { refusal: 'vending-key-unknown' };
	}

	return {
		look,
		async use({ slot, sgc, krn }) {
			const key = keys.get(slot);
			if (key?.sgc !== sgc || key.krn !== krn) return { refusal: 'vending-key-unknown' };
			return right.has(slot) || !file.checkRegisters ? key : await look(slot);
		},
		async count() {
			const name = file.counterAttribute;
			if (name === null) return null;
			let sum = 0;
			for (const key of file.keys) {
				const told = await readRegister(key);
				const text = isRefusal(told) ? undefined : told.get(name);
				if (text === undefined || !/^[0-9]{1,15}$/.test(text)) return null;
				sum += Number(text);
			}
			return sum;
		},
	};
}
