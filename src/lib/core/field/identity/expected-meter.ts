/** Whether the meter at the probe is the one that was meant, before anything secret is sent to it. */

/** What a job, or a person, knows of the meter it is about; each as the meter itself tells it. */
export interface ExpectedMeter {
	readonly deviceName?: string;
	readonly serialNumber?: string;
	/** Sixteen hexadecimal digits, lower case. Compared when the meter associates, before we prove anything. */
	readonly systemTitle?: string;
}

/** A fact by which meters are told apart by the public client. */
export type TellingFact = 'deviceName' | 'serialNumber';
const TELLING: readonly TellingFact[] = ['deviceName', 'serialNumber'];

export type Comparison =
	| { readonly kind: 'same' }
	/** Another meter: one fact is enough. */
	| {
			readonly kind: 'other';
			readonly fact: TellingFact;
			readonly expected: string;
			readonly found: string;
	  }
	/** Something was expected, and the meter tells none of it. */
	| { readonly kind: 'untold' };

/** Compares what is expected with what the meter told. Nothing expected: any meter is the one. */
export function compareMeter(
	expected: ExpectedMeter,
	found: Partial<Record<TellingFact, string>>,
): Comparison {
	let told = false;
	for (const fact of TELLING) {
		const [want, have] = [expected[fact]?.trim(), found[fact]?.trim()];
		if (want === undefined || have === undefined) continue;
		if (want !== have) return { kind: 'other', fact, expected: want, found: have };
		told = true;
	}
	const wanted = TELLING.some((fact) => expected[fact] !== undefined);
	return wanted && !told ? { kind: 'untold' } : { kind: 'same' };
}
