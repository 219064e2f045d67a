/** Where a hardware module is, as the operator writes it. */

export interface HsmPlace {
	readonly host: string;
	readonly port: number;
	/** The operator's file of registers (`registers.ts`). */
	readonly registersFile: string;
}

/**
 * The host and port of `tcp://host:port`. The line is in clear: it belongs into a network of its own.
 * @throws {Error} with a sentence that names the variable
 */
export function parseHsmAddress(text: string): Pick<HsmPlace, 'host' | 'port'> {
	const match = /^tcp:\/\/(?:\[([0-9a-fA-F:.]+)\]|([^\s/:@[\]]+)):([1-9][0-9]{0,4})\/?$/.exec(text);
	const host = match?.[1] ?? match?.[2];
	const port = Number(match?.[3]);
	if (host === undefined || port > 65_535)
		throw new Error(`TOKENLINE_HSM must be tcp://host:port, not ${JSON.stringify(text)}`);
	return { host, port };
}
