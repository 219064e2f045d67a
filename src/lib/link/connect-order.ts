/** What connecting needs, what it tells on the way, and what it comes to. */
import type { CosemDateTime } from '#lib/core/dlms/axdr/date-time.ts';
import type { RequestFailure } from '#lib/core/dlms/association/failure.ts';
import type { LinkParameters } from '#lib/core/dlms/hdlc/parameters.ts';
import type { DisconnectReason } from '#lib/core/dlms/message-link.ts';
import type { Identification } from '#lib/core/dlms/opening/identification.ts';
import type { MeterSecrets, MissingSecret } from '#lib/core/dlms/profile/client-connection.ts';
import type { MeterProfile, Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import type { OpeningFailure } from '#lib/core/field/connecting/connect-names.ts';
import type { FrameSink } from '#lib/core/field/frame-log/frame-piece.ts';
import type { ExpectedMeter, TellingFact } from '#lib/core/field/identity/expected-meter.ts';
import type { Conversation } from './conversation.ts';
import type { DurableCounters } from './durable-counters.ts';
import type { KeepAlive } from './keep-alive.ts';
import type { LinePort, LineSettings } from './line.ts';
import type { LinkFaultKind } from './link-fault.ts';
import type { Timer } from './transport.ts';

/** What the host lends to a client. */
export interface ClientHost {
	readonly timer: Timer;
	/** Fresh chance of a cryptographic generator. */
	random(octets: number): Uint8Array;
	readonly counters: DurableCounters;
}

/** Who we are to a meter. */
export interface MeterClient {
	/** 8 octets, the same for all our life under one key. */
	readonly systemTitle: Uint8Array;
	/**
	 * The space of our counter. It names the key, not the meter: two meters under one key share it, or a
	 * value would be used twice (IEC 62056-5-3, 5.3.3).
	 */
	readonly sendSpace: string;
	/** The space of the meter's counter; absent: rising within one association only. */
	readonly receiveSpace?: string;
}

export interface ConnectOrder {
	readonly port: LinePort;
	readonly profile: MeterProfile;
	readonly secrets: MeterSecrets;
	readonly client: MeterClient;
	readonly host: ClientHost;
	/** One of the profile's openings; absent: the one that suits the port best. */
	readonly opening?: Opening;
	/** The highest rate the port can do; 9600 where absent. */
	readonly maxBaud?: number;
	/**
	 * The rate of a session with this meter that broke off a moment ago (`MeterIdentity.baud`): in mode E the
	 * meter is then deaf to a sign-on for up to two minutes, and this is tried first.
	 */
	readonly lastBaud?: number;
	/** Parity of the opening made in software, for a port that has 8 data bits only. */
	readonly softwareParity?: boolean;
	/** What the port can take in one HDLC frame. */
	readonly parameters?: LinkParameters;
	/** Who the meter must be; absent: whoever is there. */
	readonly expected?: ExpectedMeter;
	/** Absent: the usual signs of life; `none`: an idle meter is left alone. */
	readonly keepAlive?: KeepAlive | 'none';
	/** Hears every frame. */
	readonly frames?: FrameSink;
	/** Hears what is being done. */
	readonly progress?: (step: ConnectStep) => void;
	/** Calls the whole off. */
	readonly signal?: AbortSignal;
}

/** Which of the two associations: the open one, by which the meter is known, or ours. */
export type Stage = 'public' | 'own';

/** What is being done, in the order in which it is. */
export type ConnectStep =
	| { readonly step: 'opening-port'; readonly settings: LineSettings }
	/** Mode E, at 300 baud. */
	| { readonly step: 'signing-on' }
	| { readonly step: 'signed-on'; readonly identification: Identification }
	/** Link and association of a client SAP. */
	| {
			readonly step: 'associating';
			readonly stage: Stage;
			readonly client: number;
			readonly baud: number;
	  }
	| { readonly step: 'reading-identity' }
	| { readonly step: 'identified'; readonly identity: PublicIdentity }
	| { readonly step: 'releasing' };

/** What the meter told before any secret was sent. */
export interface PublicIdentity {
	readonly deviceName?: string;
	readonly serialNumber?: string;
	/** The meter's clock, and when it was read by ours. */
	readonly clock?: { readonly shows: CosemDateTime; readonly atMs: number };
}

export interface MeterIdentity extends PublicIdentity {
	/** Sixteen hexadecimal digits; absent where the meter told none. */
	readonly systemTitle?: string;
	readonly opening: Opening;
	/** The rate in use; 0 on a stream. */
	readonly baud: number;
	/** What mode E told. */
	readonly identification?: Identification;
}

/** A meter that is connected. */
export interface Connected {
	readonly kind: 'connected';
	readonly conversation: Conversation;
	readonly identity: MeterIdentity;
	/** SHA-256 over every frame since the port was opened, so far; for the proof. */
	readonly digest: () => { readonly sha256: string; readonly frames: number };
}

/** Why there is no connection: a closed list. The port is closed again in every case. */
export type ConnectFailure = { readonly kind: 'failed' } & (
	| { readonly why: 'called-off' }
	/** The profile has no opening that this port can do. */
	| { readonly why: 'no-opening' }
	| { readonly why: 'secrets-missing'; readonly missing: readonly MissingSecret[] }
	/** A key of another length than the suite's, or a system title of other than 8 octets. */
	| { readonly why: 'secrets-unfit' }
	| { readonly why: 'fault'; readonly fault: LinkFaultKind }
	| {
			readonly why: 'opening';
			readonly opening: OpeningFailure;
	  }
	/** Nothing came back on the link. */
	| { readonly why: 'no-answer'; readonly stage: Stage }
	/** The link was refused, lost, or broken by the meter. */
	| {
			readonly why: 'link';
			readonly stage: Stage;
			readonly reason: Exclude<DisconnectReason, 'no-answer'>;
	  }
	/** Names as in the association's tables, or numbers. */
	| {
			readonly why: 'association-refused';
			readonly stage: Stage;
			readonly result: string;
			readonly diagnostic: string;
	  }
	/** The meter answered, and no association can be made of it. */
	| {
			readonly why: 'association-failed';
			readonly stage: Stage;
			readonly failure: RequestFailure;
	  }
	| { readonly why: 'meter-not-authentic' }
	/** Nothing secret was sent. */
	| {
			readonly why: 'other-meter';
			readonly fact: TellingFact | 'systemTitle';
			/** What was expected, and found; not told of a system title that differs. */
			readonly expected?: string;
			readonly found?: string;
	  }
	/** One certain meter was expected and this one does not tell who it is. */
	| { readonly why: 'identity-untold' }
	| { readonly why: 'key-used-up' }
	| { readonly why: 'counters-not-kept' }
);
export type ConnectFailureKind = ConnectFailure['why'];
