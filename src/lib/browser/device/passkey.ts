/** Passkeys of this device, by WebAuthn's own JSON forms. */

export interface PasskeyDevice {
	/** Whether this browser has passkeys at all. */
	readonly present: () => boolean;
	/** Undefined: the person, or the device, would not. @param options as the server wrote them */
	readonly create: (options: object) => Promise<unknown>;
	readonly assert: (options: object) => Promise<unknown>;
}

export const passkeyDevice: PasskeyDevice = {
	present: () =>
		typeof PublicKeyCredential === 'function' &&
		typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function',
	create: (options) =>
		asJson(async () => {
			const json = options as PublicKeyCredentialCreationOptionsJSON;
			const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
			return await navigator.credentials.create({ publicKey });
		}),
	assert: (options) =>
		asJson(async () => {
			const json = options as PublicKeyCredentialRequestOptionsJSON;
			const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json);
			return await navigator.credentials.get({ publicKey });
		}),
};

async function asJson(ask: () => Promise<Credential | null>): Promise<unknown> {
	try {
		const credential = await ask();
		return credential instanceof PublicKeyCredential ? credential.toJSON() : undefined;
	} catch (cause) {
		// Dismissed, timed out, or there is one here already: the browser does not say more on purpose.
		if (cause instanceof DOMException) return undefined;
		throw cause;
	}
}
