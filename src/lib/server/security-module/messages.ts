/**
 * The language between the backend and a module process: one JSON object a line, a question and its
 * answer joined by `id`. Before its first answer the module says once that it is ready. Both sides are the
 * same release.
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

/** The keys are open: from here on questions are answered. */
export interface Ready {
	readonly ready: true;
}

/** The order of each operation, as the module takes it. */
export type OrderOf<Name extends OperationName> = Parameters<Operations[Name]>[0];

/** A line as what it holds; undefined for half a line, such as a killed process leaves behind, and for no object. */
export function parseLine<Message extends object>(line: string): Message | undefined {
	try {
		const message = JSON.parse(line) as Message | string | number | boolean | null;
		return typeof message === 'object' && message !== null ? message : undefined;
	} catch {
		return undefined;
	}
}
