/**
 * What the browser's database does to us: a closed list; each kind has its sentence in `core/words`. A
 * transaction that ends in one of them has written nothing.
 */
import Dexie from 'dexie';

export const STORE_FAULT_KINDS = [
	/** No place is left on the device, or the browser gives us no more of it. */
	'no-space',
	/** Another tab runs a newer version of the app, or the database was written by one. */
	'newer-version',
	/** The browser keeps nothing for us: a private window, or site data switched off. */
	'not-allowed',
	/** It cannot be read or written, for a reason nobody gives. */
	'failed',
] as const;
export type StoreFaultKind = (typeof STORE_FAULT_KINDS)[number];

/** A fault at the edge: thrown where it happens, shown by its kind. `cause` is for the log only. */
export class StoreFault extends Error {
	override readonly name = 'StoreFault';
	readonly kind: StoreFaultKind;

	constructor(kind: StoreFaultKind, cause?: unknown) {
		super(kind, { cause });
		this.kind = kind;
	}
}

/** Runs work of the store, and gives what breaks it by its name. A slip stays a slip. @throws {StoreFault} */
export async function stored<T>(work: () => PromiseLike<T>): Promise<T> {
	try {
		return await work();
	} catch (cause) {
		const kind = kindOf(cause);
		throw kind === undefined ? cause : new StoreFault(kind, cause);
	}
}

const KIND_BY_NAME: Readonly<Record<string, StoreFaultKind>> = {
	QuotaExceededError: 'no-space',
	VersionError: 'newer-version',
	DatabaseClosedError: 'newer-version',
	SecurityError: 'not-allowed',
	InvalidStateError: 'not-allowed',
	MissingAPIError: 'not-allowed',
};

function kindOf(cause: unknown): StoreFaultKind | undefined {
	for (let at = cause; at instanceof Error || isDomException(at); at = innerOf(at)) {
		const kind = KIND_BY_NAME[at.name];
		if (kind) return kind;
	}
	return cause instanceof Dexie.DexieError || isDomException(cause) ? 'failed' : undefined;
}

const isDomException = (value: unknown): value is DOMException => value instanceof DOMException;

/** Dexie says what the browser said inside what it says itself. */
function innerOf(error: object): unknown {
	return 'inner' in error ? error.inner : undefined;
}
