import type {
  ChangedConversation,
  FoundMessages,
  InboxConversationDetails,
  Inboxes,
  InboxPage,
  InboxWorkplace,
} from '../../appservice/team/agent-inbox-wire.ts';
import type { MatrixClient } from '../matrix/matrix-sdk.ts';
import { askApi } from './api-session.ts';

/** The companies for which the person works. */
export const listInboxes = (client: MatrixClient): Promise<Inboxes> => askApi(client, 'GET', '/api/v1/inboxes');

/** What is done with a conversation without anything more to say. */
export type InboxAction = 'claim' | 'close' | 'reopen' | 'join';

/** The inbox of one company, as the person may see it. Every call throws `ApiFault`. */
export function createInboxApi(client: MatrixClient, slug: string) {
  const path = `/api/v1/companies/${encodeURIComponent(slug)}`;
  const one = (number: number, more = ''): string => `${path}/conversations/${number}${more}`;
  const change = (method: string, address: string, body?: unknown): Promise<ChangedConversation> => askApi(client, method, address, body);
  return {
    describe: (): Promise<InboxWorkplace> => askApi(client, 'GET', `${path}/inbox`),
    /** `query` as it stands in an address, without its question mark. */
    list: (query: string): Promise<InboxPage> => askApi(client, 'GET', `${path}/conversations?${query}`),
    show: (number: number): Promise<InboxConversationDetails> => askApi(client, 'GET', one(number)),
    act: (number: number, action: InboxAction) => change('POST', one(number, `/${action}`)),
    assign: (number: number, member: string | null) => change('PUT', one(number, '/assignee'), { member }),
    handOver: (number: number, department: string | null) => change('PUT', one(number, '/department'), { department }),
    addLabel: (number: number, label: string) => change('PUT', one(number, `/labels/${encodeURIComponent(label)}`)),
    removeLabel: (number: number, label: string) => change('DELETE', one(number, `/labels/${encodeURIComponent(label)}`)),
    setAway: (away: boolean): Promise<{ away: boolean }> => askApi(client, 'PUT', `${path}/availability`, { away }),
    search: (words: string): Promise<FoundMessages> => askApi(client, 'POST', `${path}/search`, { words }),
  };
}

/** See `createInboxApi`. */
export type InboxApi = ReturnType<typeof createInboxApi>;
