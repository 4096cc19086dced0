import type { Company } from '../companies/company.ts';
import { viaBridge, type Intents } from './bridge.ts';
import { matrixPath, MatrixError, type HomeserverClient } from './homeserver-client.ts';

/** Server and media id of a content address; anything else (`mxc://../..`) is refused. */
const MXC = /^mxc:\/\/([A-Za-z0-9.-]+(?::\d{1,5})?)\/([\w-]{1,255})$/;

/** Pictures that a company chose: its logo and its members'. */
export type CompanyMedia = {
  /** Uploads a picture as the company's ghost; returns its content address (`mxc://…`). */
  readonly upload: (company: Pick<Company, 'userId'>, image: { bytes: Buffer; type: string }) => Promise<string>;
  /** Octets of a picture, at most `limit`; undefined when it is gone, larger, or no content address. */
  readonly read: (company: Pick<Company, 'userId'>, mxc: string, limit: number) => Promise<Buffer | undefined>;
};

/** See `CompanyMedia`. */
export function createCompanyMedia({ homeserver, intents }: { homeserver: HomeserverClient; intents: Intents }): CompanyMedia {
  const upload: CompanyMedia['upload'] = (company, { bytes, type }) =>
    viaBridge(() => intents.of(company.userId).uploadContent(bytes, { type }));

  const read: CompanyMedia['read'] = async ({ userId }, mxc, limit) => {
    const [, server, mediaId] = MXC.exec(mxc) ?? [];
    if (server === undefined || mediaId === undefined) return undefined;
    try {
      const path = matrixPath`/_matrix/client/v1/media/download/${server}/${mediaId}`;
      const response = await homeserver.download({ method: 'GET', path, as: { userId } });
      const bytes = Buffer.from(await response.arrayBuffer());
      return bytes.length > limit ? undefined : bytes;
    } catch (error) {
      if (error instanceof MatrixError && error.status === 404) return undefined;
      throw error;
    }
  };

  return { upload, read };
}
