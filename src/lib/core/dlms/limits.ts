/**
 * Every bound of the stack by name: nothing that a peer sends makes us hold, nest, wait for or retry
 * more than one of these.
 */

/** Levels of array or structure inside one another in one Data. Real meters use up to seven. */
export const MAX_DATA_DEPTH = 16;

/** Elements of all arrays and structures in one Data together: a year of quarter hours in ten columns. */
export const MAX_DATA_ELEMENTS = 400_000;

/** Entries of a with-list request, an access specification or a list of results. */
export const MAX_LIST_ENTRIES = 255;

/** Octets of one xDLMS APDU put together from segments or blocks. */
export const MAX_MESSAGE_OCTETS = 4 * 1024 * 1024;

/** Blocks of one long transfer: with the smallest blocks of the field the message limit is met first. */
export const MAX_BLOCKS = 65_535;

/** The eleven length bits of an HDLC frame: octets between the flags. */
export const MAX_HDLC_FRAME_LENGTH = 0x7ff;

/** Information field of an HDLC frame, negotiable range (IEC 62056-46, 6.4.4.4.3). */
export const MIN_HDLC_INFO = 32;
export const DEFAULT_HDLC_INFO = 128;
export const MAX_HDLC_INFO = 2030;

/** I frames on the way without an acknowledgement. */
export const MAX_HDLC_WINDOW = 7;

/** Octets of APDU that a wrapper header can announce (IEC 62056-47). */
export const MAX_WRAPPER_LENGTH = 0xffff;

/** Octets a mode E opening scans for an identification before it gives up. */
export const MAX_OPENING_OCTETS = 512;

/** Challenges of HLS authentication, in octets (IEC 62056-5-3, 5.7). */
export const MIN_CHALLENGE = 8;
export const MAX_CHALLENGE = 64;
