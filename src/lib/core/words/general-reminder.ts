/** What a notification says where nothing is known of what it is about: always true, in every language. */
import type { Language } from '#lib/core/units/languages.ts';

interface NotificationWords {
	readonly title: string;
	readonly body: string;
}

export const GENERAL_REMINDER: Readonly<Record<Language, NotificationWords>> = {
	en: { title: 'A look at your electricity', body: 'Is there enough credit on the meter?' },
	fr: { title: 'Pensez à votre électricité', body: 'Reste-t-il assez de crédit sur le compteur ?' },
	pt: { title: 'Veja a sua eletricidade', body: 'Ainda há crédito suficiente no contador?' },
	sw: { title: 'Angalia umeme wako', body: 'Je, salio la mita linatosha?' },
	ar: { title: 'ألقِ نظرة على كهربائك', body: 'هل الرصيد في العداد كافٍ؟' },
};
