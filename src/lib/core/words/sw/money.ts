/** In Swahili: see `en/money.ts`. */
import type { Words } from '../catalogue.ts';

export const money: Words['money'] = {
	title: 'Pesa yangu iko wapi?',
	withYou: 'Unayo wewe. Hakuna kilicholipwa.',
	undecided:
		'Unayo wewe hadi uidhinishe, kisha iko kwa mtoa huduma ya malipo hadi atoe jibu la mwisho. Likiwa hapana, pesa inabaki kwako.',
	until: (time) => `Ukurasa wa malipo uko wazi hadi ${time}.`,
	held: 'Iko kwa shirika, imetunzwa kwa ununuzi huu. Tokeni isipoweza kutengenezwa, inarudi kwako.',
	late: (amount) => `${amount} zilifika baada ya ununuzi huu kuisha, zimechelewa kupata tokeni.`,
	other: (amount) =>
		`${amount} zililipwa. Si kiasi kilichoombwa, kwa hiyo hakuna tokeni iliyotengenezwa.`,
	again: (amount) =>
		`${amount} zililipwa mara moja zaidi. Tokeni yako imelipiwa na inabaki halali.`,
	owed: (amount) =>
		`Unadai ${amount}. Shirika litazirudisha; huhitaji kufanya chochote. Ukurasa huu utasema zikirudishwa.`,
	atTill: (amount) =>
		`${amount} ni zako, kwenye duka lililouza, kama hujarudishiwa. Nenda na risiti.`,
	provider: (amount, moment) => `${amount} zilirudishwa ulikolipia tarehe ${moment}.`,
	bank: (amount, moment) => `${amount} zilirudishwa kupitia benki tarehe ${moment}.`,
	arrears: (amount, moment) => `${amount} zilipunguza deni la mita tarehe ${moment}.`,
	back: (amount) =>
		`Mtoa huduma ya malipo alichukua tena ${amount}, kwa hiyo hudaiwi chochote. Muulize pesa ziko wapi.`,
	backWithToken: (amount) =>
		`Mtoa huduma ya malipo alichukua tena ${amount} baada ya tokeni kutengenezwa. Tokeni inabaki halali lakini haijalipiwa: piga simu huduma kwa wateja.`,
	kept: 'Kilicholipwa kimetunzwa kwa ajili yako. Piga simu huduma kwa wateja na utaje namba ya ununuzi.',
	mayBePaid: 'Kama ulilipa, usinunue tena: piga simu huduma kwa wateja na utaje namba ya ununuzi.',
	foreign:
		'Pesa za sarafu nyingine zilifika. Zimetunzwa kwa ajili yako: piga simu huduma kwa wateja na utaje namba ya ununuzi.',
	heard: (ago) => `Imeulizwa ${ago}`,
	ask: 'Uliza tena',
};
