"""What a norm, an audit and a result are: frozen records that import nothing else of ours."""
