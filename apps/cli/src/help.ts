/** What `stoa --help` says. */
export const help = `stoa: the platform from the command line

  stoa import olx <folder|archive>        import an Open edX course
  stoa import markdown <folder|archive>   import a Markdown course
      --json                 print the loss report as JSON on standard output and nothing else
      --lang <tag>           language of the report: en, pt-BR or es (default: that of the terminal)
      --publish              put the course into the catalogue
      --instructor <email>   who owns it (default instructor@stoa.example)
  stoa parked                list events and jobs that ran out of tries
  stoa replay <id>           try one of them again
  stoa doctor [--json]       check the invariants of the data; exit code 1 if one is broken
      --full                 also what takes as long as there is data: every entry and link of the books
  stoa config                what is set, by the environment, the file STOA_CONFIG names or by default; secrets masked
  stoa --help                this text

Works on the installation in STOA_HOME (default .stoa), or on DATABASE_URL, whether the platform runs or not.
`;
