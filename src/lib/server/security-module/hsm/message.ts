/**
 * What a frame says (sts.md §15.1–15.2): `SM?xx` and fields one way, `SM!xx`, a status of two digits and
 * fields the other. A field is a type letter, a value and `~`.
 */
import { Breach } from '#lib/core/bytes/breach.ts';

/** N number, P decimal digits, H hexadecimal, D anything else. */
export type FieldType = 'N' | 'P' | 'H' | 'D';

export interface Field {
	readonly type: FieldType;
	readonly value: string;
}

/** The commands that are used here; loading keys is not the vending backend's business. */
export type Command = 'VC' | 'VM' | 'VK' | 'VT' | 'GA' | 'DI' | 'CQ';

export interface Response {
	/** Two digits, or `EE`. */
	readonly status: string;
	readonly fields: readonly Field[];
}

const CLAUSE = 'STS 600-8-6 message';
const VALUES: Readonly<Record<FieldType, RegExp>> = {
	N: /^[0-9]{1,12}$/,
	P: /^[0-9]*$/,
	H: /^[0-9A-Fa-f]*$/,
	D: /^[ -}]*$/,
};

export const number = (value: number): Field => ({ type: 'N', value: String(value) });
export const digits = (value: string): Field => ({ type: 'P', value });
export const hex = (value: number, width: number): Field => ({
	type: 'H',
	value: value.toString(16).toUpperCase().padStart(width, '0'),
});

/** A request as text. @throws {TypeError} slip: a value that its type does not allow */
export function encodeRequest(command: Command, fields: readonly Field[]): string {
	const written = fields.map(({ type, value }) => {
		if (!VALUES[type].test(value)) throw new TypeError(`not a field of type ${type}`);
		return `${type}${value}~`;
	});
	return `SM?${command}${written.join('')}`;
}

/**
 * A response to `command`.
 * @throws {Breach} an answer to something else, an error of the line (`GL!ER`), a field that is none
 */
export function decodeResponse(command: Command, text: string): Response {
	if (text.startsWith('GL!ER')) throw new Breach('line-error', 0, CLAUSE);
	if (!text.startsWith(`SM!${command}`)) throw new Breach('other-answer', 0, CLAUSE);
	const status = text.slice(5, 7);
	if (!/^(?:[0-9]{2}|EE)$/.test(status)) throw new Breach('status', 5, CLAUSE);
	return { status, fields: decodeFields(text.slice(7), 7) };
}

function decodeFields(text: string, offset: number): Field[] {
	if (text === '') return [];
	if (!text.endsWith('~')) throw new Breach('field-end', offset + text.length, CLAUSE);
	return text
		.slice(0, -1)
		.split('~')
		.map((field) => {
			const [type, value] = [field.slice(0, 1), field.slice(1)];
			if (!isFieldType(type) || !VALUES[type].test(value))
				throw new Breach('field', offset, CLAUSE);
			return { type, value };
		});
}

function isFieldType(letter: string): letter is FieldType {
	return Object.hasOwn(VALUES, letter);
}
