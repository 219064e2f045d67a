/** Reading the fields of a vector: what is missing or of another form is told by its path. */
import { parseHex } from '#lib/core/bytes/hex.ts';

/** A field that is missing, or not what it should be. The vector fails by this name. */
export class UnreadableField extends Error {
	override readonly name = 'UnreadableField';
}

/** The fields of one object of a vector. */
export class Fields {
	readonly #values: Readonly<Record<string, unknown>>;
	readonly #path: string;

	constructor(value: unknown, path: string) {
		if (typeof value !== 'object' || value === null || Array.isArray(value))
			throw new UnreadableField(`${path}: an object expected`);
		this.#values = value as Readonly<Record<string, unknown>>;
		this.#path = path;
	}

	has(name: string): boolean {
		return this.#values[name] !== undefined;
	}

	names(): readonly string[] {
		return Object.keys(this.#values);
	}

	raw(name: string): unknown {
		return this.#values[name];
	}

	object(name: string): Fields {
		return new Fields(this.#values[name], `${this.#path}.${name}`);
	}

	text(name: string): string {
		const value = this.#values[name];
		return typeof value === 'string' ? value : this.#refuse(name, 'text expected');
	}

	/** Decimal digits, as text or number, filled with zeros to a length. */
	digits(name: string, length: number): string {
		const value = this.#values[name];
		const text = typeof value === 'number' ? String(value) : value;
		if (typeof text !== 'string' || !/^[0-9]+$/.test(text) || text.length > length)
			return this.#refuse(name, `at most ${length} digits expected`);
		return text.padStart(length, '0');
	}

	hex(name: string): string {
		const value = this.text(name).replace(/\s+/g, '');
		return /^(?:[0-9a-fA-F]{2})*$/.test(value) ? value : this.#refuse(name, 'hex expected');
	}

	octets(name: string): Uint8Array {
		return parseHex(this.hex(name));
	}

	/** True or false; false where it is absent. */
	flag(name: string): boolean {
		const value = this.#values[name] ?? false;
		return typeof value === 'boolean' ? value : this.#refuse(name, 'true or false expected');
	}

	oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
		const value = this.text(name);
		const choice = choices.find((candidate) => candidate === value);
		return choice ?? this.#refuse(name, `${choices.join(' or ')} expected`);
	}

	/** A list of objects. */
	list(name: string): Fields[] {
		const value = this.#values[name];
		return Array.isArray(value)
			? value.map((entry, index) => new Fields(entry, `${this.#path}.${name}[${index}]`))
			: this.#refuse(name, 'a list expected');
	}

	/** A whole number; decimal text and `0x…` are taken too. */
	integer(name: string): number {
		const value = this.#values[name];
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number !== 'number' || !Number.isSafeInteger(number))
			return this.#refuse(name, 'a whole number expected');
		return number;
	}

	integerOr(name: string, otherwise: number): number {
		return this.has(name) ? this.integer(name) : otherwise;
	}

	/** 0, 1, false or true. */
	bitOr(name: string, otherwise: number): number {
		const value = this.#values[name];
		return typeof value === 'boolean' ? Number(value) : this.integerOr(name, otherwise);
	}

	bigint(name: string): bigint {
		const value = this.#values[name];
		const text = typeof value === 'number' ? String(value) : value;
		return typeof text === 'string' && /^-?[0-9]+$/.test(text)
			? BigInt(text)
			: this.#refuse(name, 'a whole number expected');
	}

	integers(name: string): readonly number[] {
		const value = this.#values[name];
		return Array.isArray(value) && value.every(Number.isInteger)
			? (value as number[])
			: this.#refuse(name, 'a list of whole numbers expected');
	}

	/** `2014-03-01 13:00`, zone-less: as if UTC, in epoch milliseconds. */
	instant(name: string): number {
		const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)Z?$/.exec(this.text(name));
		const instantMs = match ? Date.parse(`${match[1]}T${match[2]}Z`) : Number.NaN;
		return Number.isNaN(instantMs) ? this.#refuse(name, 'date and time expected') : instantMs;
	}

	#refuse(name: string, why: string): never {
		throw new UnreadableField(`${this.#path}.${name}: ${this.has(name) ? why : 'missing'}`);
	}
}
