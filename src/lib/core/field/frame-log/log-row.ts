/** One frame of the log as it stands in a list, and as it is looked at by itself. */
import type { AttributeTarget, MethodTarget } from '../../dlms/apdu/target.ts';
import type { FrameLevel } from '../../dlms/translator/frame-facts.ts';
import type { TreeNode } from '../../dlms/translator/tree.ts';
import type { FramePiece } from './frame-piece.ts';
import type { ShownOctets } from './shown-octets.ts';

/** A piece with its running number, from 1 on. */
export interface LogEntry extends FramePiece {
	readonly number: number;
}

/** What a frame is about: noise and opening messages are about nothing else. */
export type LogLevel = 'noise' | 'opening' | FrameLevel;

export interface LogRow extends Omit<LogEntry, 'octets'> {
	readonly level: LogLevel;
	/** `HDLC SNRM`, `AARQ`, `get-response`: the innermost that could be read. */
	readonly what: string;
	/** Of an answer too. */
	readonly targets: readonly (AttributeTarget | MethodTarget)[];
	/** The meter refused something, or something could not be read. */
	readonly problem: boolean;
}

export interface LogDetail {
	readonly row: LogRow;
	readonly tree: TreeNode;
	readonly octets: ShownOctets;
}
