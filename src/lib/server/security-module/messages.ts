/**
 * The language between the backend and a module process: one JSON object a line, a question and its
 * answer joined by `id`. Both sides are the same release.
 */
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { SecurityModule } from './port.ts';

type Operations = Omit<SecurityModule, 'close'>;
export type OperationName = keyof Operations;

export interface Question {
	readonly id: number;
	readonly operation: OperationName;
	readonly order: unknown;
}

export type Answer =
	| { readonly id: number; readonly result: unknown }
	| { readonly id: number; readonly refusal: RefusalCode }
	/** The module's own mistake; the sentence has no key material. */
	| { readonly id: number; readonly fault: string };

/** The order of each operation, as the module takes it. */
export type OrderOf<Name extends OperationName> = Parameters<Operations[Name]>[0];

/** A line as what it holds; undefined for half a line, such as a killed process leaves behind. */
export function parseLine<Message>(line: string): Message | undefined {
	try {
		return JSON.parse(line) as Message;
	} catch {
		return undefined;
	}
}
