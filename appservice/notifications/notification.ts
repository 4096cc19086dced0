/** Ways on which a text reaches somebody who is not here. */
export type NotificationWay = 'sms' | 'mail';

/** A telephone number (E.164) or a mail address, and the way on which it is reached. */
export type NotificationAddress = { readonly way: NotificationWay; readonly address: string };

/** A text on its way; it never carries words of a conversation. An SMS has no subject. */
export type Notification = NotificationAddress & { readonly subject: string; readonly text: string };

/** Sends texts to people who are not here. */
export interface NotificationAdapter {
  /** Hands one text over; throws where it was not taken, so that it is tried again. */
  send(notification: Notification): Promise<void>;
}

/** What this installation can send. */
export type Notifications = NotificationAdapter & {
  /** Ways for which there is an adapter, in the order of `sms`, `mail`; where there is none, no address is asked for. */
  readonly ways: readonly NotificationWay[];
};

/** Puts the adapters together; `none` stands for a way that is not there. */
export function createNotifications(adapters: Readonly<Record<NotificationWay, NotificationAdapter | 'none'>>): Notifications {
  return {
    ways: (['sms', 'mail'] as const).filter((way) => adapters[way] !== 'none'),
    async send(notification) {
      const adapter = adapters[notification.way];
      if (adapter === 'none') throw new Error(`there is no way to send by ${notification.way}`);
      await adapter.send(notification);
    },
  };
}
