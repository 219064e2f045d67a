/** Something outside did not do its part; the request is neither done nor refused, and may be asked again. */
export type FaultKind =
	| 'security-module-unavailable'
	| 'provider-unavailable'
	| 'database-unavailable'
	| 'database-older';

export class Fault extends Error {
	override readonly name = 'Fault';
	readonly kind: FaultKind;

	constructor(kind: FaultKind, detail: string, cause?: unknown) {
		super(`${kind}: ${detail}`, cause === undefined ? undefined : { cause });
		this.kind = kind;
	}
}
