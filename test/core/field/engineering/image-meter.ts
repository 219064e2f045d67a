/** A meter that takes firmware (class 18), with faults to be planted. */
import * as build from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { elementsIn, octetsIn, wholeIn } from '#lib/core/field/understand.ts';
import { type Answering, TableMeter } from '../answering.ts';

export const IMAGE_OBJECT = obis('0.0.44.0.0');

export interface ImageFaults {
	readonly blockSize?: number;
	/** Blocks that are lost the first time they come. */
	readonly loses?: readonly number[];
	/** Loses every block, always. */
	readonly losesAll?: boolean;
	/** Polls that verification takes; then it is this status. */
	readonly verifyPolls?: number;
	readonly verifiesAs?: number;
	readonly activatesAs?: number;
	readonly activatePolls?: number;
	/** Verifies an image of another size. */
	readonly tellsSize?: number;
	/** Methods that are refused with a code. */
	readonly refuses?: Readonly<Record<number, number>>;
	readonly enabled?: boolean;
	/** Does not tell which blocks are missing. */
	readonly silentOnMissing?: boolean;
}

export class ImageMeter {
	readonly faults: ImageFaults;
	readonly table: TableMeter;
	readonly #lost = new Set<number>();
	blocks = new Map<number, Uint8Array>();
	identifier = '';
	size = 0;
	status = 0;
	enabled: boolean;
	#polls = 0;
	/** Every block that came, in order. */
	readonly received: number[] = [];

	constructor(faults: ImageFaults = {}) {
		this.faults = faults;
		this.enabled = faults.enabled ?? false;
		const run = (method: number, act: (parameter: Data | undefined) => number) => {
			const refused = faults.refuses?.[method];
			return (parameter: Data | undefined) => refused ?? act(parameter);
		};
		this.table = new TableMeter(
			{
				'18/0.0.44.0.0/2': build.doubleLongUnsigned(faults.blockSize ?? 64),
				'18/0.0.44.0.0/3': () => (faults.silentOnMissing ? 3 : this.#bits()),
				'18/0.0.44.0.0/4': () => build.doubleLongUnsigned(this.#firstMissing()),
				'18/0.0.44.0.0/5': build.boolean(this.enabled),
				'18/0.0.44.0.0/6': () => build.enumerated(this.#poll()),
				'18/0.0.44.0.0/7': () => this.#info(),
			},
			{
				'18/0.0.44.0.0/1': run(1, (parameter) => this.#initiate(parameter)),
				'18/0.0.44.0.0/2': run(2, (parameter) => this.#block(parameter)),
				'18/0.0.44.0.0/3': run(3, () => this.#begin(2, faults.verifyPolls)),
				'18/0.0.44.0.0/4': run(4, () => this.#begin(5, faults.activatePolls)),
			},
		);
	}

	readonly answer: Answering = (wish) => this.table.answer(wish);

	/** What it has, as far as it came. */
	get image(): Uint8Array {
		const image = new Uint8Array(this.size);
		for (const [block, part] of this.blocks) image.set(part, block * (this.faults.blockSize ?? 64));
		return image;
	}

	/** The power was gone: the transfer is forgotten. */
	forget(): void {
		this.status = 0;
		this.blocks = new Map();
	}

	get #count(): number {
		return Math.ceil(this.size / (this.faults.blockSize ?? 64));
	}

	#firstMissing(): number {
		for (let block = 0; block < this.#count; block += 1) if (!this.blocks.has(block)) return block;
		return this.#count;
	}

	#bits(): Data {
		const octets = new Uint8Array(Math.ceil(this.#count / 8));
		for (const block of this.blocks.keys()) octets[block >> 3]! |= 0x80 >> (block & 7);
		return build.bitString(octets, this.#count);
	}

	#initiate(parameter: Data | undefined): number {
		const [identifier, size] = elementsIn(parameter) ?? [];
		this.identifier = build.asciiText(octetsIn(identifier) ?? new Uint8Array());
		this.size = wholeIn(size) ?? 0;
		this.blocks = new Map();
		this.status = 1;
		return 0;
	}

	#block(parameter: Data | undefined): number {
		const [number, part] = elementsIn(parameter) ?? [];
		const block = wholeIn(number) ?? -1;
		const octets = octetsIn(part);
		if (this.status !== 1 || !octets || block < 0 || block >= this.#count) return 12;
		this.received.push(block);
		const lost =
			this.faults.losesAll || (this.faults.loses?.includes(block) && !this.#lost.has(block));
		this.#lost.add(block);
		if (!lost) this.blocks.set(block, octets);
		return 0;
	}

	#begin(status: number, polls = 0): number {
		this.status = status;
		this.#polls = polls;
		return polls > 0 ? 2 : 0;
	}

	#poll(): number {
		if (this.status !== 2 && this.status !== 5) return this.status;
		if (this.#polls > 0) this.#polls -= 1;
		else this.status = this.status === 2 ? this.#verified() : (this.faults.activatesAs ?? 6);
		return this.status;
	}

	#verified(): number {
		return this.#firstMissing() < this.#count ? 4 : (this.faults.verifiesAs ?? 3);
	}

	#info(): Data {
		return build.array(
			build.structure(
				build.doubleLongUnsigned(this.faults.tellsSize ?? this.size),
				build.octetString(build.asciiOctets(this.identifier)),
				build.octetString(Uint8Array.of(0xca, 0xfe)),
			),
		);
	}
}
