extension ManualPage {
    /// What stands before the commands' synopses.
    static let opening = #"""
        .Dd November 27, 2026
        .Dt SESH 1
        .Os
        .Sh NAME
        .Nm sesh
        .Nd chat with language models in sessions that last
        .Sh SYNOPSIS
        """#

    /// What stands between the synopses and the commands.
    static let description = #"""
        .Sh DESCRIPTION
        .Nm
        holds conversations with language models.
        Each is a session: a plain JSON file that outlives the process, the terminal and the model it was begun with.
        A prompt is saved before it is sent, and an answer is acknowledged only once it is durable.
        .Pp
        Standard output carries the answer and nothing else; notices, prompts and errors go to standard error.
        .Pp
        A model is written
        .Ar provider : Ns Ar model ,
        or as the provider's name for its default.
        The first of these that names one wins: the option
        .Fl m ,
        the session's own,
        .Ev SESH_MODEL ,
        the configuration,
        .Ev OPENAI_API_KEY ,
        .Ev ANTHROPIC_API_KEY ,
        the local model.
        .Pp
        Every command has
        .Fl h , Fl -help
        and
        .Fl -version .
        """#

    /// Where things are.
    static let files = #"""
        .Sh FILES
        .Bl -tag -width Ds
        .It Pa ~/.sessions/ Ns Ar id Ns Pa .json
        a session
        .It Pa ~/.config/sesh/config.json
        the configuration
        .It Pa ~/.local/state/sesh/lines
        the lines typed at the prompt
        .It Pa ~/.local/share/sesh/
        the local model
        .El
        """#

    /// What stands behind the exit codes.
    static let closing = #"""
        .Pp
        A signal ends
        .Nm
        as that signal, after what had arrived was saved.
        .Sh EXAMPLES
        Talk at a prompt:
        .Pp
        .Dl sesh chat -s demo
        .Pp
        Ask about standard input:
        .Pp
        .Dl git diff | sesh chat -s review \(dqReview this\(dq
        .Pp
        Ask in a loop of the shell that reads standard input:
        .Bd -literal -offset indent
        while read -r name; do
            sesh chat -n -s greetings \(dqWrite a greeting for $name\(dq
        done < names.txt
        .Ed
        .Pp
        Ask many at once:
        .Pp
        .Dl xargs -P 8 -I{} sesh chat -n --ephemeral --no-stream {} < questions
        .Pp
        With
        .Fl -no-stream
        an answer is one write, so that lines stay whole up to
        .Dv PIPE_BUF
        bytes (4096 on Linux, 512 on macOS).
        Without it, off a terminal, the text of the last event is written together with its line feed in one write.
        .Sh SEE ALSO
        .Xr curl 1 ,
        .Xr jq 1 ,
        .Xr editrc 5
        """#
}
