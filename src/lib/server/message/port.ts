/** What every provider of messages to phones looks like from here. Accepted is not delivered. */
export interface Message {
	/** Our message's id: sending twice under one reference is sending once. */
	readonly reference: string;
	/** E.164. */
	readonly phone: string;
	readonly text: string;
}

export interface MessageStatus {
	/** `unknown`: the provider never heard of it. The last two are final. */
	readonly state: 'unknown' | 'accepted' | 'delivered' | 'failed';
}

/** Neither call waits without end: an adapter gives up after some seconds and says that it does not know. */
export interface MessageProvider {
	/** Its name in webhook paths and events. */
	readonly name: 'sandbox-sms';
	/**
	 * `rejected`: for good, such as a number that cannot be.
	 * @throws {Fault} `provider-unavailable`: it may have been taken or not
	 */
	send(message: Message): Promise<'accepted' | 'rejected'>;
	/** What became of it. @throws {Fault} `provider-unavailable` */
	status(reference: string): Promise<MessageStatus>;
}
